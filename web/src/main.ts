import { mount } from 'svelte';
import App from './components/App.svelte';
import './styles/theme.css';

const host = document.getElementById('app');
if (host !== null) mount(App, { target: host });
