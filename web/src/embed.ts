// The page inside another page.
import { connect } from './embed/connect.svelte';
import './main';
import './styles/embed.css';

connect(document.querySelector<HTMLElement>('#app > .page'));
