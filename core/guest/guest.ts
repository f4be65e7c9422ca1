const prefix = "guest-";

/** The id of somebody whom mail goes to without being a subscriber; it follows from the address alone. */
export function guestId(addressHash: string): string {
  return `${prefix}${addressHash.slice(0, 24)}`;
}

/** Whether an id is a guest's. */
export function isGuest(id: string): boolean {
  return id.startsWith(prefix);
}
