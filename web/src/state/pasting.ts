// Ctrl+V where no text is being typed: a file or what looks like a table is taken to the dialog, anything else is left alone.
import { playground } from './playground.svelte';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, dialog, [contenteditable="true"]') !== null
  );
}

export async function takePasted(event: ClipboardEvent): Promise<void> {
  // An open dialog is about something else.
  if (
    event.clipboardData === null ||
    isTyping(event.target) ||
    document.querySelector('dialog[open]') !== null
  )
    return;
  const { files } = event.clipboardData;
  const text = event.clipboardData.getData('text/plain'); // gone when the event is over
  if (files.length > 0) return playground.tables.bringFiles([...files]);
  if (text.trim() === '') return;
  try {
    const { looksLikeTable } = await import('../tables/sniffing');
    if (looksLikeTable(text)) playground.tables.bring('', new Blob([text]));
  } catch {
    playground.notice = { kind: 'missing' };
  }
}
