export const storage = {
  refused:
    'This browser keeps nothing on this device. Leave this page open until everything is sent; a private window is the usual cause.',
} as const;
