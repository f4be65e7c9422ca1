/** The part of html-to-text that the build uses; the package brings no types. */
declare module "html-to-text" {
  export interface Element {
    type: string;
    name: string;
    children: Element[];
  }
  export interface Builder {
    openBlock(options: { leadingLineBreaks: number }): void;
    closeBlock(options: { trailingLineBreaks: number; blockTransform?: (text: string) => string }): void;
    openList(options: {
      maxPrefixLength: number;
      leadingLineBreaks: number;
      interRowLineBreaks: number;
    }): void;
    openListItem(options: { prefix: string }): void;
    closeListItem(): void;
    closeList(options: { trailingLineBreaks: number }): void;
  }
  export type FormatCallback = (
    element: Element,
    walk: (children: Element[], builder: Builder) => void,
    builder: Builder,
    options: { underline: string },
  ) => void;
  export function convert(
    html: string,
    options: {
      wordwrap: number;
      formatters: Record<string, FormatCallback>;
      selectors: { selector: string; format?: string; options?: Record<string, unknown> }[];
    },
  ): string;
}
