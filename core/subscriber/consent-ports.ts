/** What people were shown when they agreed, word for word, once for each version. */
export interface ConsentTexts {
  /** Keeps a text unless it is kept already; costs next to nothing the second time. */
  keep(version: string, text: string): Promise<void>;
  load(version: string): Promise<string | undefined>;
}
