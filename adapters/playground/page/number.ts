/** A number as people of the page's language write it. */
export function numberText(value: number): string {
  return value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
}
