import type { SendBulkEmailCommandInput, SendEmailCommandInput } from "@aws-sdk/client-sesv2";

/** A whole simple mail; give what should differ. */
export function simpleMail(to: string, change: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput {
  return {
    FromEmailAddress: "Stepletter <news@letters.example>",
    Destination: { ToAddresses: [to] },
    ConfigurationSetName: "stepletter",
    Content: {
      Simple: {
        Subject: { Data: "Step one", Charset: "UTF-8" },
        Body: {
          Text: { Data: "Hello, text.", Charset: "UTF-8" },
          Html: { Data: "<p>Hello, <b>HTML</b>.</p>", Charset: "UTF-8" },
        },
        Headers: [
          {
            Name: "List-Unsubscribe",
            Value: "<https://letters.example/u/abc>, <mailto:leave@letters.example>",
          },
          { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
          { Name: "List-Id", Value: "Course <course.letters.example>" },
        ],
      },
    },
    EmailTags: [{ Name: "mailing", Value: "course_records_run-1_step-1" }],
    ...change,
  };
}

/** The same with custom headers of one's own. */
export function mailWithHeaders(headers: { Name: string; Value: string }[]): SendEmailCommandInput {
  const mail = simpleMail("ann@people.example");
  return { ...mail, Content: { Simple: { ...mail.Content?.Simple, Headers: headers } as never } };
}

/** A bulk call with one entry for each address, all values in place. */
export function bulkMail(
  addresses: string[],
  change: Partial<SendBulkEmailCommandInput> = {},
): SendBulkEmailCommandInput {
  return {
    FromEmailAddress: "news@letters.example",
    ConfigurationSetName: "stepletter",
    DefaultEmailTags: [{ Name: "mailing", Value: "digest_7" }],
    DefaultContent: {
      Template: {
        TemplateContent: {
          Subject: "For {{name}}",
          Html: "<p>Hi {{ name }}, see {{link}}</p>",
          Text: "Hi {{name}}, see {{link}}",
        },
        TemplateData: JSON.stringify({ name: "reader", link: "https://letters.example/" }),
        Headers: [
          { Name: "List-Id", Value: "Digest <digest.letters.example>" },
          { Name: "List-Unsubscribe", Value: "<https://letters.example/u/nobody>" },
        ],
      },
    },
    BulkEmailEntries: addresses.map((address, index) => ({
      Destination: { ToAddresses: [address] },
      ReplacementTags: [{ Name: "subscriber", Value: `sub_${index}` }],
      ReplacementHeaders: [{ Name: "List-Unsubscribe", Value: `<https://letters.example/u/${index}>` }],
      ReplacementEmailContent: {
        ReplacementTemplate: { ReplacementTemplateData: JSON.stringify({ name: `Reader ${index}` }) },
      },
    })),
    ...change,
  };
}
