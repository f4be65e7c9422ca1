/** The page of a step, or of a course as a whole, for the reader of a token. */
export function stepAddress(token: string, course: string, step?: string): string {
  return `/progress/${token}/courses/${course}${step === undefined ? "" : `/${step}`}`;
}
