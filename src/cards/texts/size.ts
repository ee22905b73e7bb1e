const units = [
  ["gigabyte", 1e9],
  ["megabyte", 1e6],
  ["kilobyte", 1e3],
] as const;

/** Writes sizes with the largest unit of which there is at least one. */
export function sizesIn(locale: "en" | "zh"): (bytes: number) => string {
  return (bytes) => {
    const [unit, length] = units.find(([, one]) => bytes >= one) ?? ["byte", 1];
    const format = { style: "unit", unit, maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(locale, format).format(bytes / length);
  };
}
