// What a person or a bot is called.

/** The whole name of a User object, or of a private Chat. */
export function fullName({ first_name: first, last_name: last }) {
  return [first, last].filter(Boolean).join(" ");
}
