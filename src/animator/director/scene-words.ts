/** Words that say what kind of picture it is. Phrases as in `phrase.ts`. */
import type { SceneHints } from '../scene/scene-hints.ts';

export const SCENE_WORDS: Readonly<Record<keyof SceneHints, string>> = {
  subject: `
    portrait, portraits, headshot, selfie, woman, man, girl, boy, person, people, lady, guy, child, baby, model, bride
    couple, face, faces, dancer, dog, puppy, cat, kitten, bird, horse, product shot, bottle, sneaker, figurine, astronaut
    肖像, 人像, 人物, 女人, 男人, 女孩, 男孩, 女子, 男子, 美女, 帅哥, 孩子, 婴儿, 模特, 面部, 脸, 狗, 猫, 宠物`,
  ground: `
    landscape, landscapes, aerial, drone (shot|view|footage), ocean, sea, seaside, lake, beach, coast, mountain, mountains
    valley, canyon, desert, field, fields, meadow, horizon, road, street, river, cityscape, skyline, harbor, harbour
    风景, 风光, 航拍, 海洋, 大海, 海边, 沙滩, 湖, 山脉, 雪山, 峡谷, 沙漠, 草原, 田野, 地平线, 公路, 街道, 河流`,
  flat: `
    flat lay, flatlay, knolling, top down (view|shot|photo), map, maps, infographic, document, poster, screenshot
    blueprint, diagram, spreadsheet, book cover, album cover, logo, 平铺, 俯拍, 地图, 海报, 文档, 截图, 图表, 封面, 徽标`,
};
