import type { Module } from '../module.ts'
import { searchService } from './service.ts'
import { recent } from './table.ts'

export const searchModule: Module = { name: 'search', tables: [recent], service: searchService }
