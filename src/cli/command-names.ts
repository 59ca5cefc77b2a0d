/** For those who mistype one: yargs takes it for a path. */
export const commandNames: readonly string[] = ['rules', 'explain', 'completion']
