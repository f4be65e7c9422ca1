/** The part of mjml that the build uses; the package brings no types. */
declare module "mjml" {
  export interface MjmlError {
    line: number;
    message: string;
    tagName: string;
  }
  export default function mjml2html(
    mjml: string,
    options: {
      minify: boolean;
      minifyOptions: { minifyCss: false };
      keepComments: boolean;
      validationLevel: "soft";
      fonts: Record<string, never>;
    },
  ): Promise<{ html: string; errors: MjmlError[] }>;
}
