export async function compareDegradations(_: object, __: number): Promise<Record<string, number>> {
  return {};
}
