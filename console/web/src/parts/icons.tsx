import type { ReactNode } from 'react';

/** Icons on a 24 by 24 grid, in the text's colour. They are decorative: their meaning is in the text beside them, or in a label. */
function icon(drawing: ReactNode) {
  return function Icon({ size = 18 }: { size?: number }) {
    return (
      <svg
        width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8"
        strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
        {drawing}
      </svg>
    );
  };
}

export const IconLive = icon(<><circle cx="12" cy="12" r="2.5" /><path d="M7.5 16.5a6.4 6.4 0 0 1 0-9M16.5 7.5a6.4 6.4 0 0 1 0 9M4.6 19.4a10.5 10.5 0 0 1 0-14.8M19.4 4.6a10.5 10.5 0 0 1 0 14.8" /></>);
export const IconHistory = icon(<><path d="M4 6v5h5" /><path d="M4.5 11a8 8 0 1 1 .3 4" /><path d="M12 8v4.5l3 1.8" /></>);
export const IconChart = icon(<path d="M4 20h16M7 16v-5M12 16V5M17 16V9" />);
export const IconHash = icon(<path d="M9.5 4 7.5 20M16.5 4l-2 16M4.5 9.2h15.5M4 14.8h15.5" />);
export const IconTrunk = icon(<><rect x="4" y="4" width="16" height="6" rx="1.5" /><rect x="4" y="14" width="16" height="6" rx="1.5" /><path d="M8 7h.01M8 17h.01M12 10v4" /></>);
export const IconRules = icon(<><circle cx="6" cy="6" r="2" /><circle cx="18" cy="18" r="2" /><circle cx="18" cy="6" r="2" /><path d="M6 8v4a6 6 0 0 0 6 6h4M8 6h8" /></>);
export const IconTry = icon(<><path d="M12 20.5a8.5 8.5 0 1 1 8.5-8.5" /><path d="M9.6 9.4a2.5 2.5 0 1 1 3.4 2.8c-.7.3-1 .8-1 1.5M12 16.8h.01M16 19l2 2 4-4.5" /></>);
export const IconBell = icon(<><path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.5 1.500h-15z" /><path d="M10 20.500a2 2 0 0 0 4 0" /></>);
export const IconSun = icon(<><circle cx="12" cy="12" r="4" /><path d="M12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4" /></>);
export const IconMoon = icon(<path d="M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z" />);
export const IconUser = icon(<><circle cx="12" cy="8" r="3.6" /><path d="M5 20c.6-4 3.3-5.6 7-5.600s6.4 1.6 7 5.6" /></>);
export const IconSearch = icon(<><circle cx="11" cy="11" r="6" /><path d="m15.5 15.5 4.5 4.5" /></>);
export const IconDownload = icon(<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 20h14" />);
export const IconUpload = icon(<path d="M12 15V4M7.5 8.5 12 4l4.5 4.5M5 20h14" />);
export const IconFile = icon(<path d="M6 3.500h8l4 4V20.500H6zM14 3.500v4h4M9 12h6M9 16h6" />);
export const IconPlus = icon(<path d="M12 5v14M5 12h14" />);
export const IconEnd = icon(<path d="M4 14.500c0-1.6.6-2.7 2-3.500a13 13 0 0 1 12 0c1.4.8 2 1.9 2 3.500v.5a1 1 0 0 1-1.2 1l-3-.6a1 1 0 0 1-.8-1v-1.600a10 10 0 0 0-6 0v1.600a1 1 0 0 1-.8 1l-3 .6a1 1 0 0 1-1.2-1z" />);
export const IconTransfer = icon(<path d="M4 8h14l-3.5-3.500M20 16H6l3.5 3.5" />);
export const IconBack = icon(<path d="M14.5 5.5 8 12l6.5 6.5" />);
export const IconNext = icon(<path d="M9.5 5.5 16 12l-6.5 6.5" />);
export const IconNote = icon(<path d="M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 8.500h7M8.5 12h4" />);
export const IconAlert = icon(<><path d="M12 4 2.8 19.500h18.400z" /><path d="M12 10v4.500M12 17h.01" /></>);
export const IconCheck = icon(<path d="m5 12.5 4.5 4.500L19 7.5" />);
export const IconPhone = icon(<path d="M6.5 4h3l1.5 4-2 1.500a11 11 0 0 0 5.5 5.500l1.5-2 4 1.500v3a1.8 1.8 0 0 1-2 1.800A15.5 15.5 0 0 1 4.7 6a1.8 1.8 0 0 1 1.8-2z" />);
export const IconKey = icon(<><circle cx="8" cy="15" r="4" /><path d="m11 12 8-8M16 7l3 3M13.5 9.500l2 2" /></>);
export const IconShield = icon(<path d="M12 3.500 5 6v5.500c0 4.500 3 7.500 7 9 4-1.500 7-4.500 7-9V6z" />);
export const IconHold = icon(<path d="M9 5v14M15 5v14" />);
export const IconHeadset = icon(<><path d="M4.500 15v-3a7.500 7.500 0 0 1 15 0v3" /><rect x="3.500" y="13.500" width="4" height="6" rx="1.5" /><rect x="16.500" y="13.500" width="4" height="6" rx="1.5" /></>);
