import type { FieldMap, HmacCheck } from "./source.ts";

/** How a provider signs, and where its payload has the address. */
export interface Preset {
  hmac: HmacCheck;
  map: FieldMap;
}

/** Providers of forms that sign in a way of their own, by their documentation. */
export const presets = {
  /** https://www.typeform.com/developers/webhooks/secure-your-webhooks/ */
  typeform: {
    hmac: {
      header: "typeform-signature",
      prefix: "sha256=",
      encoding: "base64",
      signs: "{body}",
      id: "event_id",
      at: "form_response.submitted_at",
    },
    map: { email: "form_response.answers[?type=='email'].email | [0]" },
  },
  /** https://tally.so/help/webhooks */
  tally: {
    hmac: {
      header: "tally-signature",
      prefix: "",
      encoding: "base64",
      signs: "{body}",
      id: "eventId",
      at: "createdAt",
    },
    map: { email: "data.fields[?type=='INPUT_EMAIL'].value | [0]" },
  },
} as const satisfies Record<string, Preset>;
export type PresetName = keyof typeof presets;
