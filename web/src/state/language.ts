// What the browser says its language is.

/** A browser that was started without a locale says “C”, as WebKitGTK does on Linux. No formatter takes that: libraries that hand it
 * on, as uPlot does, could not even be loaded. */
export function mendLanguage(navigator: { language: string }): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
  }
}
