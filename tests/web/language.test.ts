import { describe, expect, it } from 'vitest';
import { mendLanguage } from '../../web/src/state/language';

/** As in browsers: it can be read, not written. */
const withLanguage = (language: string): { language: string } =>
  Object.create({
    get language() {
      return language;
    },
  }) as { language: string };

describe('the browser’s language', () => {
  it.each(['C', '', 'en_US', 'zh-'])(
    'that no formatter takes gives way to one that all take: “%s”',
    (name) => {
      const navigator = withLanguage(name);
      mendLanguage(navigator);
      expect(() => new Intl.NumberFormat(navigator.language)).not.toThrow();
    },
  );

  it.each(['zh-CN', 'en', 'zh-Hans-SG'])('stays what it is: %s', (name) => {
    const navigator = withLanguage(name);
    mendLanguage(navigator);
    expect(navigator.language).toBe(name);
  });
});
