/** How field tables write where a value stands. */

/** Returns the path of a member; a name that would be taken for more than one step stands in brackets. */
export function memberPath(path: string, name: string): string {
  if (!/^[^.[\]\s*]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

/** Returns the path of the items of a list, or of the one at an index. */
export function itemPath(path: string, index?: number): string {
  return `${path}[${index ?? ''}]`;
}
