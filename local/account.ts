/** The account that everything on this machine is in. */
export const localAccount = "000000000000";
