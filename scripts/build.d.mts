/** Builds a part unless it is newer than everything it is made of. True when it is there. */
export function build(name: 'renderer' | 'hosts', options?: { force?: boolean }): boolean
