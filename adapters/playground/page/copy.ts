/** Puts a text on the clipboard; says whether that worked. `shown` is what is selected where there is no clipboard. */
export async function copyText(text: string, shown: Node): Promise<boolean> {
  try {
    // Missing where the page is not served from a loopback address.
    if (navigator.clipboard !== undefined) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused by the browser: the person can still copy what is selected.
  }
  getSelection()?.selectAllChildren(shown);
  return false;
}
