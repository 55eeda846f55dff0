import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  // Darker greys, tinted with the page's blue.
  colors: {
    dark: ['#dfe3e9', '#b8c0cc', '#98a1ad', '#6b7480', '#38404c', '#2b323c', '#20262e', '#1a1e25', '#15181e', '#101318'],
  },
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.05rem' } } },
  respectReducedMotion: true,
});

/** The kit's own grey for secondary text has too little contrast with its background (WCAG 2.1, 1.4.3). */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#556070',
    '--mantine-color-placeholder': '#6b7480',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-error': '#c92a2a',
    '--page': '#f5f7fa',
    '--line': '#e3e8ee',
    '--track': '#e6eaf0',
    '--good': '#2b8a3e',
    '--fair': '#b35c00',
    '--poor': '#c92a2a',
    '--quiet': '#8a94a3',
    '--accent': '#3b5bdb',
    '--accent-soft': '#edf2ff',
    '--heat': '59, 91, 219',
  },
  dark: {
    '--mantine-color-dimmed': '#a4adba',
    '--mantine-color-placeholder': '#98a1ad',
    '--mantine-color-text': '#dfe3e9',
    '--mantine-color-body': '#1a1e25',
    '--mantine-color-default-border': '#38404c',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#91a7ff',
    '--page': '#12151a',
    '--line': '#2b323c',
    '--track': '#323a45',
    '--good': '#51cf66',
    '--fair': '#ffa94d',
    '--poor': '#ff8787',
    '--quiet': '#7b8594',
    '--accent': '#91a7ff',
    '--accent-soft': '#232c4a',
    '--heat': '116, 143, 252',
  },
});
