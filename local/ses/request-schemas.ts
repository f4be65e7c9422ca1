import * as z from "zod";

const Content = z.object({ Data: z.string(), Charset: z.string().optional() });
const MessageHeader = z.object({ Name: z.string(), Value: z.string() });
const MessageTag = z.object({ Name: z.string(), Value: z.string() });
const Attachment = z.object({
  RawContent: z.base64(),
  FileName: z.string(),
  ContentDisposition: z.enum(["ATTACHMENT", "INLINE"]).optional(),
  ContentId: z.string().optional(),
  ContentType: z.string().optional(),
});

/** Recipients of one message. */
export const Destination = z.object({
  ToAddresses: z.array(z.string()).default([]),
  CcAddresses: z.array(z.string()).default([]),
  BccAddresses: z.array(z.string()).default([]),
});
export type Destination = z.infer<typeof Destination>;

/** A template whose content comes with the call; there are no stored ones here. */
export const Template = z.object({
  TemplateName: z.string().optional(),
  TemplateArn: z.string().optional(),
  TemplateContent: z
    .object({ Subject: z.string().optional(), Text: z.string().optional(), Html: z.string().optional() })
    .optional(),
  TemplateData: z.string().optional(),
  Headers: z.array(MessageHeader).default([]),
  Attachments: z.array(Attachment).default([]),
});
export type Template = z.infer<typeof Template>;

const shared = {
  FromEmailAddress: z.string().optional(),
  ReplyToAddresses: z.array(z.string()).default([]),
  ConfigurationSetName: z.string().optional(),
};

/** Body of `POST /v2/email/outbound-emails`. */
export const SendEmailRequest = z.object({
  ...shared,
  Destination: Destination.optional(),
  EmailTags: z.array(MessageTag).default([]),
  Content: z.object({
    Simple: z
      .object({
        Subject: Content,
        Body: z.object({ Text: Content.optional(), Html: Content.optional() }),
        Headers: z.array(MessageHeader).default([]),
        Attachments: z.array(Attachment).default([]),
      })
      .optional(),
    Raw: z.object({ Data: z.base64() }).optional(),
    Template: Template.optional(),
  }),
});
export type SendEmailRequest = z.infer<typeof SendEmailRequest>;

/** One message of a bulk call. */
export const BulkEmailEntry = z.object({
  Destination,
  ReplacementTags: z.array(MessageTag).default([]),
  ReplacementHeaders: z.array(MessageHeader).default([]),
  ReplacementEmailContent: z
    .object({
      ReplacementTemplate: z.object({ ReplacementTemplateData: z.string().optional() }).optional(),
    })
    .optional(),
});
export type BulkEmailEntry = z.infer<typeof BulkEmailEntry>;

/** Body of `POST /v2/email/outbound-bulk-emails`. */
export const SendBulkEmailRequest = z.object({
  ...shared,
  DefaultEmailTags: z.array(MessageTag).default([]),
  DefaultContent: z.object({ Template }),
  BulkEmailEntries: z.array(BulkEmailEntry),
});
export type SendBulkEmailRequest = z.infer<typeof SendBulkEmailRequest>;

export type MessageHeader = z.infer<typeof MessageHeader>;
export type MessageTag = z.infer<typeof MessageTag>;
export type Attachment = z.infer<typeof Attachment>;
