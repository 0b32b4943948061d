// The stock of names for the sandbox's people: a city's mix, every pairing is invented.

export const FIRST_NAMES = `
Adaeze Aisha Alejandro Alina Amara Amir Ana Anders Anneke Anton Arjun Astrid Ayşe Bao Beatriz Bilal Birgit Bogdan Bruno
Camille Carlos Carmen Cem Chiara Chidi Clara Daan Dagmar Daniel Daria David Deepa Diego Dilan Dmitri Edda Elena Elif Emeka
Emil Emma Enzo Erik Esra Esther Eva Fabian Farid Fatima Felix Femke Filip Finn Florian Franziska Freya Gabriela Georg Giulia
Grace Greta Gustavo Hana Hannah Hassan Heike Helena Henrik Hiroshi Ibrahim Ida Ikram Ilse Imani Ines Ingrid Irina Isabel Ivan
Jacek Jakub Jamal Jana Jasmin Javier Jelena Jens João Johanna Jonas Jörg Josephine Julia Jun Kaan Karim Karin Katarina Kenji
Kerstin Khadija Kofi Lamine Lars Laura Layla Lea Leila Lena Leonie Liam Ling Linnea Lucía Ludwig Lukas Maartje Magda Mahmoud
Maja Malik Marco Mariana Marie Markus Marta Martin Mateo Matthias Maya Mehmet Mei Mila Milan Minh Mira Miriam Moritz Nadia
Naoko Nia Niklas Nina Noah Nora Olga Olivia Omar Oscar Paolo Parisa Pascal Paul Petra Pia Piotr Priya Rafael Rahel Ravi
Rebecca Reza Rosa Ruben Sabine Samira Samuel Sanne Sara Sebastian Selma Silvia Sina Sofia Stefan Sunita Susanne Svenja Tamar
Tariq Thabo Theo Thomas Tobias Tomás Tuan Ulrike Uma Valentina Vera Viktor Vincent Wei Wiebke Wolfgang Xenia Yara Yasmin
Youssef Yuki Yusuf Zeynep Zofia`
  .trim()
  .split(/\s+/)

export const LAST_NAMES = `
Abara Achterberg Adeyemi Akhtar Albrecht Almeida Amini Andersen Arslan Aydin Baker Banerjee Barbieri Bauer Becker Bekele Berg
Bianchi Boateng Bondarenko Brandt Braun Brunner Cardoso Castillo Chen Christensen Costa Çelik Da-Silva De-Vries Delgado Demir
Diallo Dimitrov Doğan Dubois Eberhardt Eckert Eriksen Esposito Farahani Fernández Ferrari Fischer Fontaine Forster Franke
Friedrich Gallo Garcia Gebhardt Georgiou Gomes Graf Greco Gruber Gupta Haas Haddad Hahn Hansen Hartmann Hassan Heinrich
Hernández Hoang Hoffmann Horvat Huber Hussein Ibrahimović Iglesias Iversen Iyer Jäger Jansen Jovanović Kaiser Kamara Kaplan
Kaufmann Kaya Keller Khalil Kim Klein Koch Kovač Kowalski Krause Krüger Kumar Lang Larsen Lefebvre Lehmann Lindqvist Lombardi
Lorenz Ludwig Maier Mansour Marchetti Marković Martins Mbeki Meier Mendes Mensah Molina Moreau Morgan Müller Mwangi Nakamura
Navarro Ndiaye Neumann Nguyen Nilsson Novák Nowak Nwosu O'Brien Okafor Oliveira Öztürk Papadopoulos Park Patel Pereira Pham
Petersen Petrov Pham Popescu Qureshi Rahimi Ramírez Rao Reinhardt Richter Rinaldi Rossi Roth Sahin Salazar Santos Sato
Schäfer Schmidt Schneider Scholz Schreiber Schulz Seidel Sharma Silva Singh Sokolov Sørensen Stein Suzuki Takahashi Tanaka
Teixeira Tran Traoré Uçar Ueda Van-den-Berg Vargas Vasquez Vogel Wagner Walter Wang Weber Weiß Werner Wilson Winkler Wójcik
Wong Yamamoto Yıldız Zhang Ziegler Zimmermann`
  .trim()
  .split(/\s+/)
  .map((name) => name.replaceAll('-', ' '))
