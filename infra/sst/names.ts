/** Name of an SST component, which puts application and stage before it: `send-now` becomes `SendNow`. */
export function componentName(name: string): string {
  return name.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Name of a plain resource; Pulumi puts a random end behind it, and nothing before it. */
export function resourceName(name: string): string {
  return `${$app.name}-${$app.stage}-${name}`;
}
