import { describe, expect, it } from '@jest/globals';
import { isLoopback, readConfig } from './config.ts';

describe('readConfig', () => {
  it('serves this machine alone when nothing is set', () => {
    const read = readConfig({});
    expect(read).toMatchObject({
      ok: true,
      config: { host: '127.0.0.1', port: 8080, baseUrl: undefined, dataDir: './data' },
    });
    expect(read.ok && Object.isFrozen(read.config) && Object.isFrozen(read.config.limits)).toBe(
      true,
    );
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['BASE_URL', 'ftp://x'],
    ['BASE_URL', 'https://x/fhir?a=1'],
    ['BASE_URL', 'x'],
    ['MONGODB_URL', 'mongodb://localhost'],
    ['LOG_LEVEL', 'loud'],
    ['ALLOW_ANONYMOUS', 'yes'],
    ['CORS_ORIGINS', 'https://a.example/path'],
    ['BODY_BYTES_MAX', '1'],
    ['PAGE_SIZE_MAX', '0'],
  ])('refuses %s=%s with a sentence that names it', (name, value) => {
    const read = readConfig({ [name]: value });
    expect(read.ok).toBe(false);
    expect(read.ok ? [] : read.problems).toEqual([
      expect.stringMatching(new RegExp(`^${name} must be .*\\.$`)),
    ]);
  });

  it('names every bad value at once', () => {
    const read = readConfig({ PORT: 'x', LOG_LEVEL: 'y' });
    expect(read.ok ? 0 : read.problems.length).toBe(2);
  });

  it('does not open an address to others by accident', () => {
    expect(readConfig({ HOST: '0.0.0.0' }).ok).toBe(false);
    expect(readConfig({ HOST: '0.0.0.0', ALLOW_ANONYMOUS: '1' }).ok).toBe(true);
  });

  it('refuses a default page that is larger than the greatest', () => {
    expect(readConfig({ PAGE_SIZE_DEFAULT: '10', PAGE_SIZE_MAX: '5' }).ok).toBe(false);
  });

  it.each([
    ['https://trial.example.org', 'https://trial.example.org/fhir'],
    ['https://trial.example.org/', 'https://trial.example.org/fhir'],
    ['https://trial.example.org/api/r4/', 'https://trial.example.org/api/r4'],
    ['http://localhost:8080/fhir', 'http://localhost:8080/fhir'],
  ])('takes BASE_URL %s as %s', (given, expected) => {
    const read = readConfig({ BASE_URL: given });
    expect(read.ok && read.config.baseUrl).toBe(expected);
  });
});

describe('isLoopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['127.example.org', false],
    ['192.168.0.1', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
