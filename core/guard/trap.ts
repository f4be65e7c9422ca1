/** A field that people do not see and robots fill in; no browser has anything to put into it by itself. */
export const trapField = "reference";
