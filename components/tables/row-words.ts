const exact = new Intl.NumberFormat('en');

/** Rows are counted exactly: 12,345 is not “12.3K”. */
export const exactCount = (n: number): string => exact.format(n);

export const rowsInWords = (n: number): string => `${exact.format(n)} row${n === 1 ? '' : 's'}`;
