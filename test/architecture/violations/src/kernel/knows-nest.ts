// must fail: kernel-stands-alone
import { Injectable } from '@nestjs/common';

export const found = Injectable;
