/** Something in the settings that can't be; the message is for people, a line for each thing that is wrong. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}
