import { expect, vi } from "vitest";

/** Waits until the bot says that it is ready. */
export const ready = (url: string): Promise<void> => becomes(url, 200);

/** Waits until /readyz answers so. */
export async function becomes(url: string, status: number): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(`${url}/readyz`)).toBe(status), { timeout: 10_000, interval: 10 });
}

/** The status of an answer; 0 when there is none. */
export async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
