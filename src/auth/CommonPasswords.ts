import { dictionary } from "@zxcvbn-ts/language-common"

/** The 3,000 most used, as leaks have them. Called as a macro, so that the rest of the dictionary stays out of the program. */
export const commonPasswords = (): Array<string> => dictionary["passwords-common"].slice(0, 3_000)
