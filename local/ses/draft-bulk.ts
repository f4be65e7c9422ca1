import { bareAddress, bareDestination } from "./check-addresses.ts";
import { checkHeaders, replaceHeaders } from "./check-headers.ts";
import { checkTags } from "./check-tags.ts";
import type { Draft } from "./draft.ts";
import { templateContent } from "./draft-content.ts";
import { readTemplateData } from "./render-template.ts";
import type { BulkEmailEntry, SendBulkEmailRequest } from "./request-schemas.ts";
import { badRequest, SesError } from "./ses-error.ts";

const maxEntries = 50;

/** Reads a SendBulkEmail call; an entry that is wrong by itself stands as its own refusal. */
export function draftBulk(request: SendBulkEmailRequest): (Draft | SesError)[] {
  const { Template } = request.DefaultContent;
  const count = request.BulkEmailEntries.length;
  if (count === 0) throw badRequest("BulkEmailEntries is empty.");
  if (count > maxEntries) throw badRequest(`More than ${maxEntries} bulk email entries.`);
  if (!request.FromEmailAddress) throw badRequest("FromEmailAddress is missing.");
  bareAddress(request.FromEmailAddress);
  request.ReplyToAddresses.forEach(bareAddress);
  // What every entry shares is proved here, so that it refuses the call and not each entry.
  checkHeaders(Template.Headers);
  checkTags(request.DefaultEmailTags);
  const defaults = readTemplateData(Template.TemplateData);
  templateContent(Template, defaults);
  return request.BulkEmailEntries.map((entry) => {
    try {
      return draftEntry(request, request.FromEmailAddress ?? "", defaults, entry);
    } catch (error) {
      if (error instanceof SesError) return error;
      throw error;
    }
  });
}

function draftEntry(
  request: SendBulkEmailRequest,
  from: string,
  defaults: Record<string, unknown>,
  entry: BulkEmailEntry,
): Draft {
  const { Template } = request.DefaultContent;
  const replacement = entry.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData;
  return {
    operation: "SendBulkEmail",
    from,
    shown: {
      to: entry.Destination.ToAddresses,
      cc: entry.Destination.CcAddresses,
      replyTo: request.ReplyToAddresses,
    },
    ...bareDestination(entry.Destination),
    headers: checkHeaders(replaceHeaders(Template.Headers, entry.ReplacementHeaders)),
    tags: { ...checkTags(request.DefaultEmailTags), ...checkTags(entry.ReplacementTags) },
    ...(request.ConfigurationSetName && { configurationSet: request.ConfigurationSetName }),
    templated: true,
    content: templateContent(Template, { ...defaults, ...readTemplateData(replacement) }),
  };
}
