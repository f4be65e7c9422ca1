/** Does a step of a long way, and says on one line how many seconds it took. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const say = (mark: string) =>
    console.log(`${mark} ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${name}`);
  try {
    const result = await work();
    say("✓");
    return result;
  } catch (error) {
    say("✗");
    throw error;
  }
}
