/** Domains of mailboxes that are thrown away after minutes. */
export interface Disposables {
  /** Whether the domain, or one above it, is one of them. */
  has(domain: string): boolean;
}
