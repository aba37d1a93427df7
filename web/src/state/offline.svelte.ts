// The page without a network: registers the service worker once the engine stands, and offers what is new.
import type { Variant } from 'athanor';

class Offline {
  /** A newer build is there and waits; null when there is none, or the person has said "later". */
  update = $state.raw<ServiceWorker | null>(null);

  #isRegistered = false;

  /** Fails silently: without a service worker the page works as long as there is a network. */
  async register(variant: Variant): Promise<void> {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator) || this.#isRegistered) return;
    this.#isRegistered = true;
    try {
      const registration = await navigator.serviceWorker.register(`sw.js?engine=${variant}`, {
        updateViaCache: 'none',
      });
      this.#offer(registration);
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker?.addEventListener('statechange', () => this.#offer(registration));
      });
    } catch {
      // private windows, storage that is full or forbidden
    }
  }

  #offer({ waiting }: ServiceWorkerRegistration): void {
    // The first one replaces nothing.
    if (waiting !== null && navigator.serviceWorker.controller !== null) this.update = waiting;
  }

  /** This tab alone begins anew, with the document that its address holds. */
  take(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    this.update?.postMessage('activate');
    this.update = null;
  }
}

export const offline = new Offline();
