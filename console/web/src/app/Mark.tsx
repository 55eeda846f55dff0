/** The suite's logo. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#3b5bdb" />
      <path d="M7 11h18M16 11v12" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" fill="none" />
      <circle cx="9.5" cy="18" r="2" fill="#fff" />
      <circle cx="22.5" cy="18" r="2" fill="#fff" />
    </svg>
  );
}
