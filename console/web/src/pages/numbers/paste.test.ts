import { describe, expect, it } from 'vitest';
import { pasted } from './paste';

const numbers = (text: string) => pasted(text).numbers.map((one) => one.phone_number);
const faults = (text: string) => pasted(text).faults.map((fault) => [fault.line, fault.why]);

describe('pasted numbers', () => {
  it('are one a line, however people write them', () => {
    expect(numbers('+32 2 555 01 00\n\n+32 (2) 555.01-01\r\n0032 2 555 01 02\n1001')).toEqual(
      ['+3225550100', '+3225550101', '+3225550102', '1001']);
  });

  it('have label, organisation and limit behind tabs, semicolons or commas', () => {
    const all = { phone_number: '+3225550100', label: 'Orders', organisation: 'bakery', max_concurrent_calls: 5 };
    expect(pasted('+3225550100\tOrders\tbakery\t5').numbers).toEqual([all]);
    expect(pasted('+3225550100; Orders ;bakery;5').numbers).toEqual([all]);
    expect(pasted('+3225550100,"Orders, cakes",bakery').numbers).toEqual(
      [{ phone_number: '+3225550100', label: 'Orders, cakes', organisation: 'bakery' }]);
    expect(pasted('+3225550100;;;').numbers).toEqual([{ phone_number: '+3225550100' }]);
  });

  it('may have a first line of names', () => {
    expect(numbers('number;label\n+3225550100;Orders')).toEqual(['+3225550100']);
  });

  it('may be patterns', () => {
    expect(numbers('10*@pbx\n/1\\d{3}/@pbx\n*@pbx')).toEqual(['10*@pbx', '/1\\d{3}/@pbx', '*@pbx']);
  });

  it('that cannot be read are told by their line', () => {
    expect(faults('+3225550100\nhello 1\n+3225550100\n+3225550101;;;many\n+32;a;b;1;c')).toEqual(
      [[2, 'number'], [3, 'twice'], [4, 'limit'], [5, 'fields']]);
  });
});
