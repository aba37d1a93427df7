import { mount } from 'svelte';
import App from './components/App.svelte';
import { texts } from './messages/current.svelte';
import { mendLanguage } from './state/language';
import { settings } from './state/settings.svelte';
import './styles/theme.css';

mendLanguage(navigator);

/** The page when it stands; it waits for its texts. */
export const page: Promise<HTMLElement | null> = texts.load(settings.language).then(
  () => {
    const host = document.getElementById('app');
    if (host !== null) mount(App, { target: host });
    return document.querySelector<HTMLElement>('#app > .page');
  },
  () => {
    // Without texts there are two sentences left, in the languages of those who read this page.
    document.body.textContent =
      '页面没能完整取到，请检查网络后刷新。 The page could not be fetched whole: check the connection and reload.';
    return null;
  },
);
