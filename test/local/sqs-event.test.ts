import { describe, expect, it } from "vitest";
import { toSqsEvent } from "../../local/sqs-event.ts";

const arn = "arn:aws:sqs:eu-west-1:123456789012:stepletter-send-now";

describe("the event of received messages", () => {
  it("has every field that Lambda hands over", () => {
    const attributes = {
      ApproximateReceiveCount: "1",
      SentTimestamp: "1545082649183",
      SenderId: "AIDAIENQZJOLO23YVJ4VO",
      ApproximateFirstReceiveTimestamp: "1545082649185",
    };
    const event = toSqsEvent(
      [
        {
          MessageId: "m1",
          ReceiptHandle: "r1",
          Body: "body",
          MD5OfBody: "841a2d689ad86bd1611447453c22c6fc",
          Attributes: attributes,
          MD5OfMessageAttributes: "6e1",
          MessageAttributes: {
            text: { DataType: "String", StringValue: "a" },
            bytes: { DataType: "Binary", BinaryValue: new Uint8Array([1, 255]) },
          },
        },
      ],
      arn,
    );
    expect(event).toEqual({
      Records: [
        {
          messageId: "m1",
          receiptHandle: "r1",
          body: "body",
          attributes,
          messageAttributes: {
            text: { stringValue: "a", stringListValues: [], binaryListValues: [], dataType: "String" },
            bytes: { binaryValue: "Af8=", stringListValues: [], binaryListValues: [], dataType: "Binary" },
          },
          md5OfBody: "841a2d689ad86bd1611447453c22c6fc",
          md5OfMessageAttributes: "6e1",
          eventSource: "aws:sqs",
          eventSourceARN: arn,
          awsRegion: "eu-west-1",
        },
      ],
    });
  });

  it("has no attributes where there were none", () => {
    const [record] = toSqsEvent([{ MessageId: "m1" }], arn).Records;
    expect(record?.messageAttributes).toEqual({});
    expect(record).not.toHaveProperty("md5OfMessageAttributes");
  });
});
