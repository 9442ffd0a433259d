"""What Amazon writes beside the buy button, in the languages of its marketplaces.

Samples: "Sólo queda(n) 3 en stock." "Erhältlich bei diesen Anbietern."
"Per effettuare l'acquisto, seleziona Taglia"
"This item will be released on June 21, 2019. Pre-order now." "In stock on June 17, 2020. Order it now."
"""

import re


def _any(alternatives: str) -> re.Pattern[str]:
    """Compile alternatives, whatever their case."""
    return re.compile(alternatives, re.IGNORECASE)


PREORDER = _any(
    "pre-?order|will be released on|not yet been released|this title has not yet|vorbestell|"
    "erscheint am|wird am .{1,40} (?:veröffentlicht|erscheinen)|noch nicht erschienen|pré-?commande|"
    "précommander|sortira le|para[iîí]tra le|reserva(?:r|s)? (?:ahora|ya)|resérval|preventa|"
    r"se pondrá a la venta|saldrá (?:a la venta|el)|estará disponible (?:el|a partir del) \d|se (?:publicará|lanzará)|"
    "aún no (?:se )?ha (?:sido )?(?:salido|publicado|lanzado)|preordin|pre-?ordin|"
    "sarà disponibile (?:a partire )?d|verrà (?:rilasciato|pubblicato)|pré-?venda|será lançado|"
    "予約|発売予定|komt uit op|pre-?bestell|"
    "släpps den|förhandsbeställ|przedsprzedaż|ön sipariş"
)
BACKORDER = _any(
    r"temporarily out of stock\.? *order now|order (?:it )?now and we.{0,3}ll deliver|"
    r"in stock on \w+ \d|in stock on \d|(?:available|back in stock) (?:on \w+ \d|soon)|"
    r"temporalmente sin (?:stock|existencias)|(?:en|de nuevo en) stock el \d|"
    r"haz tu pedido (?:ahora )?y (?:te lo )?enviaremos|disponible el \d|"
    r"temporaneamente non disponibile\.? *ordina|disponibile (?:dal|a partire dal|il) \d|"
    "ordina ora e consegneremo|disponibilità: dal|temporairement en rupture|"
    r"en stock (?:le|à partir du) \d|commandez(?: dès)? maintenant|bestellen sie jetzt und wir liefern|"
    r"(?:wieder )?(?:auf lager|vorrätig|verfügbar) ab(?: dem)? \d|ist ab dem \d.{0,30} wieder|"
    r"jetzt bestellen.{0,40}liefer|weer op voorraad op|op voorraad op \d|一時的に在庫切れ|入荷予定(?!は)|に入荷|"
    r"em estoque em \d|tillbaka i lager den"
)
UNAVAILABLE = _any(
    "currently unavailable|(?<!temporarily )out of stock|temporarily out of stock|"
    "(?:currently|is) not available|not available for (?:purchase|sale)|sold out|unavailable|"
    "no disponible|no está disponible|agotado|sin stock|sin existencias|"
    "non (?:è )?(?:attualmente |al momento )?disponibile|esaurito|indisponible|non disponible|"
    "rupture de stock|"
    "(?:derzeit|momentan|zurzeit|aktuell)? ?nicht (?:verfügbar|auf lager|vorrätig|lieferbar)|"
    "ausverkauft|niet (?:beschikbaar|verkrijgbaar|leverbaar|op voorraad)|inte tillgänglig|slut i lager|"
    "ej tillgänglig|niedostępn|indisponível|não (?:está )?disponível|esgotado|"
    "現在お取り扱いできません|在庫切れ|"
    "お取り扱いできません|mevcut değil|目前无货|缺货|无货|غير متوفر"
)
NO_FEATURED = _any(
    "available from these sellers|no featured offers? available|see all buying (?:options|choices)|"
    "disponible a través de est|disponible (?:en|de) estos vendedores|ver todas las opciones de compra|"
    "no hay ofertas destacadas|disponibile presso quest|"
    "(?:vedi|visualizza) tutte le (?:opzioni|offerte)|nessuna offerta in (?:primo piano|evidenza)|"
    "disponible (?:auprès de|chez) ces vendeurs|voir toutes? les? (?:options d.achat|offres)|"
    "aucune offre (?:vedette|mise en avant|en vedette)|erhältlich bei diesen anbietern|"
    "alle kauf(?:optionen|möglichkeiten)|keine (?:hervorgehobenen|empfohlenen) angebote|"
    "verkrijgbaar bij deze verkopers|alle koopopties|geen (?:uitgelichte|aanbevolen) aanbiedingen|"
    "tillgänglig (?:från|hos) dess|alla köpalternativ|inga utvalda erbjudanden|"
    r"dostępn\w+ u tych sprzedawców|wszystkie opcje zakupu|brak polecanych ofert|"
    "disponível (?:por|com|através d)e?st|ver todas as opções de compra|nenhuma oferta em destaque|"
    "これらの出品者|出品者からお求めいただけます|すべての購入オプション|"
    "おすすめ出品の要件を満たす出品はありません|tüm satın alma seçenekleri|"
    "bu satıcılardan temin"
)
SELECT = _any(
    "to buy, select|please select .{0,30} to (?:buy|see)|select (?:size|colou?r|style) (?:to|from)|"
    "para comprar,? (?:selecciona|elige|selecione)|"
    "para (?:realizar|efectuar) (?:la|una) compra,? selecciona|per effettuare l.acquisto,? seleziona|"
    "per acquistare,? seleziona|pour (?:effectuer un |un )?achat,? (?:veuillez )?sélection|"
    "pour acheter,? (?:veuillez )?(?:sélection|choisi)|"
    r"(?:zum|für den|um zu) kauf\w*,? (?:bitte )?(?:wählen|auswählen)|"
    "zum kaufen .{0,30}(?:wählen|auswählen)|selecteer .{0,40}om te kopen|om te kopen,? selecteer|"
    "att köpa,? välj|aby kupić,? wybierz|購入.{0,10}選択|を選択してください"
)
USED = _any(
    "^(?:buy|save with) used|^used:|^(?:comprar?|compra) (?:de )?(?:2ª mano|usado|segunda mano)|"
    "^ahorra con (?:de )?(?:2ª|segunda|usad)|^de (?:2ª|segunda) mano|^acquista usato|^usato|"
    "^risparmia con (?:usat|seconda)|^gebraucht|^spare mit gebraucht|^acheter d.occasion|^d.occasion|"
    "^économisez avec d.occasion|^tweedehands|^begagnad|^中古|condition: ?used|"
    "estado: ?(?:de )?(?:2ª mano|usado)|zustand: ?gebraucht|état: ?d.occasion|condizion[ei]: ?usato|"
    "used: ?(?:like new|very good|good|acceptable)|コンディション: ?中古"
)
# The second line of the location box is a button, not a place, when it says so.
UPDATE_PLACE = _any(
    "actualizar|elige tu|selecciona|update location|select your|choose your|aggiorna|scegli|"
    r"mettre à jour|choisi|saisi|aktualisieren|wähle?n?\b|bijwerken|selecteer|uppdatera|välj|"
    "zaktualizuj|wybierz|atualizar|selecione|更新|選択|güncelle|seçin|ingresa"
)
PLACE_PREFIX = _any(
    "^(?:delivering|deliver|delivery|ship(?:ping)?) to:? |^(?:entrega|enviar|envío|envíos) (?:en|a):? |"
    "^consegna a:? |^invia a:? |^livraison à:? |^livrer à:? |"
    "^(?:lieferung|liefern|lieferadresse) (?:nach|an):? |^bezorg(?:en|ing|t)? (?:in|naar|op):? |"
    "^leverans till:? |^leverera till:? |^dostawa do:? |"
    "^(?:entregar|enviar para|entrega) (?:em|para|a):? |^お届け先:? ?"
)
