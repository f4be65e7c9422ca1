/** A port to try, and what has to be done when it is no longer needed. */
export interface UnderTest<Port> {
  port: Port;
  stop?(): Promise<void>;
}
