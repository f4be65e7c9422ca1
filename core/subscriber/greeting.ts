/** "Hello Zoë," with the name as given, or "Hello," to those who gave none. */
export function greetingFor(name: string): string {
  return name ? `Hello ${name},` : "Hello,";
}
