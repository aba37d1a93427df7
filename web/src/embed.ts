// The page inside another page.
import { connect } from './embed/connect.svelte';
import { page } from './main';
import './styles/embed.css';

connect(page);
