export async function measureLogin(): Promise<object> {
  throw new Error('not measured yet');
}
