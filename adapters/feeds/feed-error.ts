/** Why a feed could not be read: `timeout`, `http-404`, `blocked-address`. It ends as the feed's last error. */
export class FeedError extends Error {
  override readonly name = "FeedError";
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
