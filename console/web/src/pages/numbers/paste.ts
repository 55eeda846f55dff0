/** Parses pasted numbers: from a list, an e-mail, or a spreadsheet. */

export interface PastedNumber {
  phone_number: string;
  label?: string;
  organisation?: string;
  max_concurrent_calls?: number;
}

export type Why = 'number' | 'limit' | 'twice' | 'fields';

export interface Pasted {
  numbers: PastedNumber[];
  /** Lines that cannot be parsed, numbered from 1; `why` is the last part of a text key, `add.why.…`. */
  faults: { line: number; text: string; why: Why }[];
}

/**
 * Parses one number per line: number, label, organisation, concurrent calls, separated by tabs, semicolons or commas. A header line is
 * ignored. Spaces, dots, slashes and brackets in a number written for people are removed; patterns stay as they are.
 */
export function pasted(text: string): Pasted {
  const read: Pasted = { numbers: [], faults: [] };
  const seen = new Set<string>();
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || (index === 0 && !/\d|\*@/.test(line))) {
      return;
    }
    const fields = cells(line);
    const number = tidy(fields[0] ?? '');
    const fault = (why: Why) => read.faults.push({ line: index + 1, text: line, why });
    if (fields.length > 4) {
      fault('fields');
    } else if (!isNumber(number)) {
      fault('number');
    } else if (seen.has(number)) {
      fault('twice');
    } else if (fields[3] !== undefined && fields[3] !== '' && !/^[1-9]\d{0,5}$/.test(fields[3])) {
      fault('limit');
    } else {
      seen.add(number);
      read.numbers.push({
        phone_number: number,
        ...(fields[1] ? { label: fields[1] } : {}),
        ...(fields[2] ? { organisation: fields[2] } : {}),
        ...(fields[3] ? { max_concurrent_calls: Number(fields[3]) } : {}),
      });
    }
  });
  return read;
}

/** Splits at the first kind of separator that the line has outside quotes, as spreadsheets write it. */
function cells(line: string): string[] {
  const separator = ['\t', ';', ','].find((one) => line.includes(one)) ?? '\t';
  const found: string[] = [''];
  let quoted = false;
  for (const character of line) {
    if (character === '"') {
      quoted = !quoted;
    } else if (character === separator && !quoted) {
      found.push('');
    } else {
      found[found.length - 1] += character;
    }
  }
  return found.map((cell) => cell.trim());
}

function tidy(number: string): string {
  return number.startsWith('/') ? number : number.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
}

/** Whether this is a number, as far as a page can tell; the router validates it. */
function isNumber(number: string): boolean {
  return /^\/.+\/(@\S+)?$/.test(number) || /^(\+?\d{1,32}\*?|\*)(@\S+)?$/.test(number);
}
