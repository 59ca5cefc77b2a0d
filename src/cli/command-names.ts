/** For those who mistype one: yargs takes it for a path. */
export const commandNames: readonly string[] = ['trace', 'probe', 'snippet', 'rules', 'explain', 'init', 'completion']
