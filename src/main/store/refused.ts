/** Thrown where a database cannot be used, with a sentence that a person can act on; the host prints it and exits 1. */
export class OpenRefused extends Error {}
