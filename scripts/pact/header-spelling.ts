/** Names headers as they are spelled elsewhere: HTTP does not tell cases of letters apart, Pact and schemas do. */
export function spelledAs<Value>(
  names: readonly string[],
  headers: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const spelled = new Map(names.map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      spelled.get(name.toLowerCase()) ?? name,
      value,
    ]),
  );
}
