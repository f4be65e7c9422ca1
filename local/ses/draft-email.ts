import { bareAddress, bareDestination } from "./check-addresses.ts";
import { checkHeaders } from "./check-headers.ts";
import { checkTags } from "./check-tags.ts";
import type { Draft, DraftContent } from "./draft.ts";
import { simpleContent, templateContent } from "./draft-content.ts";
import { addressesIn, headerValue, readHeaders } from "./mime-headers.ts";
import { readTemplateData } from "./render-template.ts";
import type { MessageHeader, SendEmailRequest } from "./request-schemas.ts";
import { badRequest } from "./ses-error.ts";

/** Reads a SendEmail call into the one message it asks for. */
export function draftEmail(request: SendEmailRequest): Draft {
  const { Simple, Raw, Template } = request.Content;
  if ([Simple, Raw, Template].filter(Boolean).length !== 1) {
    throw badRequest("Content needs one of Simple, Raw and Template.");
  }
  if (Raw) return draftRaw(request, Buffer.from(Raw.Data, "base64"));
  if (Simple) return draftFrom(request, Simple.Headers, simpleContent(Simple), false);
  if (!Template) throw badRequest("Content is missing.");
  const content = templateContent(Template, readTemplateData(Template.TemplateData));
  return draftFrom(request, Template.Headers, content, true);
}

function draftFrom(
  request: SendEmailRequest,
  headers: MessageHeader[],
  content: DraftContent,
  templated: boolean,
): Draft {
  const destination = request.Destination;
  if (!request.FromEmailAddress) throw badRequest("FromEmailAddress is missing.");
  if (!destination) throw badRequest("Destination is missing.");
  bareAddress(request.FromEmailAddress);
  request.ReplyToAddresses.forEach(bareAddress);
  return {
    ...basics(request),
    from: request.FromEmailAddress,
    shown: {
      to: destination.ToAddresses,
      cc: destination.CcAddresses,
      replyTo: request.ReplyToAddresses,
    },
    ...bareDestination(destination),
    headers: checkHeaders(headers),
    templated,
    content,
  };
}

function draftRaw(request: SendEmailRequest, data: Buffer): Draft {
  const headers = readHeaders(data);
  const from = request.FromEmailAddress ?? headerValue(headers, "from");
  if (!from) throw badRequest("FromEmailAddress is missing.");
  if (!headerValue(headers, "from")) throw badRequest("Missing required header 'From'.");
  bareAddress(from);
  const destination = request.Destination ?? {
    ToAddresses: addressesIn(headers, "to"),
    CcAddresses: addressesIn(headers, "cc"),
    BccAddresses: addressesIn(headers, "bcc"),
  };
  return {
    ...basics(request),
    from,
    shown: { to: [], cc: [], replyTo: [] },
    ...bareDestination(destination),
    headers: [],
    templated: false,
    content: { kind: "raw", data },
  };
}

function basics(request: SendEmailRequest) {
  return {
    operation: "SendEmail" as const,
    tags: checkTags(request.EmailTags),
    ...(request.ConfigurationSetName && { configurationSet: request.ConfigurationSetName }),
  };
}
