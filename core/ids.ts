/** Source of opaque ids: `sub_…`, `pkt_…`, `call_…`, `ce_…`; letters, digits and one underscore, fit for an SES tag. */
export interface Ids {
  next(prefix: "sub" | "pkt" | "call" | "ce"): string;
}
