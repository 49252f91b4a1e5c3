import { describe, expect, it } from '@jest/globals';
import { addDays, addMonths, createZone, daysBetween, readTime, type Zone } from './local-time.ts';

const zone = createZone('Asia/Shanghai') as Zone;
const vienna = createZone('Europe/Vienna') as Zone;

describe('local time', () => {
  it.each([
    ['2024-03-05T00:30:00+08:00', '2024-03-05'],
    ['2024-03-04T16:30:00Z', '2024-03-05'],
    ['2024-03-04T15:59:59Z', '2024-03-04'],
    ['2024-03-04', '2024-03-04'],
    ['2024-03', undefined],
    ['2024-02-30', undefined],
    ['soon', undefined],
  ])('of %s has the date %s', (text, date) => {
    expect(readTime(text, zone)?.date).toBe(date);
  });

  it('covers the whole of a partial date', () => {
    const month = readTime('2024-02', zone);
    expect(month).toEqual({
      start: Date.parse('2024-02-01T00:00:00+08:00'),
      end: Date.parse('2024-03-01T00:00:00+08:00'),
      hasTime: false,
      text: '2024-02',
    });
  });

  it('follows summer time', () => {
    expect(vienna.startOf('2024-03-31')).toBe(Date.parse('2024-03-31T00:00:00+01:00'));
    expect(vienna.startOf('2024-04-01')).toBe(Date.parse('2024-04-01T00:00:00+02:00'));
    expect(vienna.textAt(Date.parse('2024-07-01T10:00:00Z'))).toBe('2024-07-01T12:00:00.000+02:00');
  });

  it('knows no zone of another name', () => {
    expect(createZone('Mars/Olympus')).toBeUndefined();
  });
});

describe('the calendar', () => {
  it.each([
    ['2023-08-31', 6, '2024-02-29'],
    ['2024-08-31', 6, '2025-02-28'],
    ['2024-03-04', 9, '2024-12-04'],
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-03-31', -1, '2024-02-29'],
  ])('puts %s and %i months at %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it('counts days across a leap day', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(daysBetween('2024-03-04', '2024-02-12')).toBe(-21);
  });
});
