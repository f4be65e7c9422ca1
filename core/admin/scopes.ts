/** What the API is about; a key may look at each, or change it, or neither. */
export const areas = [
  "subscribers",
  "courses",
  "campaigns",
  "feeds",
  "items",
  "deliveries",
  "events",
  "keys",
] as const;

/** What a key may do, as `campaigns:write`. To change does not include to look. */
export const scopes = areas.flatMap((area) => [`${area}:read`, `${area}:write`] as const);
export type Scope = (typeof scopes)[number];

/** Names for sets of scopes: `owner` may do everything, `viewer` looks only. */
export const roles = ["owner", "viewer"] as const;
export type Role = (typeof roles)[number];

/** What a role may do. */
export function scopesOf(role: Role): Scope[] {
  return scopes.filter((scope) => role === "owner" || scope.endsWith(":read"));
}
